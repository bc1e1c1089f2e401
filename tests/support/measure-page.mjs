// @ts-nocheck: this runs in a browser's page. What sticks out of the page, what is too pale or too small, what leaves
// its box.
function measure() {
  const parse = (text) => (text.match(/[\d.]+/g) ?? []).map(Number);
  const light = (color) => {
    const [r = 0, g = 0, b = 0] = color.slice(0, 3).map((value) => {
      const part = value / 255;
      return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = (start) => {
    for (let one = start; one !== null; one = one.parentElement) {
      const color = parse(getComputedStyle(one).backgroundColor);
      if (color.length > 0 && color[3] !== 0) return color;
    }
    return [255, 255, 255];
  };
  const wide = [];
  const pale = [];
  const outside = [];
  const tiny = [];
  let texts = 0;
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth > width)
    wide.push(`the page: ${document.documentElement.scrollWidth}`);
  for (const element of document.querySelectorAll('body *')) {
    const box = element.getBoundingClientRect();
    if (box.width === 0 || box.height === 0 || element.closest('thead') !== null) continue;
    const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent?.trim());
    const text = element.textContent?.trim().slice(0, 40) ?? '';
    if (box.right > width + 1) wide.push(`${element.tagName} "${text}"`);
    if (!own || element.tagName === 'title') continue;
    texts++;
    // A line of 9 px and more is at least 11 px high.
    if (box.height < 11) tiny.push(`${Math.round(box.height)} px ${element.tagName} "${text}"`);
    const style = getComputedStyle(element);
    const color = parse(element instanceof SVGElement ? style.fill : style.color);
    const [one, two] = [light(color), light(ground(element))];
    const ratio = (Math.max(one, two) + 0.05) / (Math.min(one, two) + 0.05);
    if (ratio < 4.5) pale.push(`${ratio.toFixed(2)} ${element.tagName} "${text}"`);
    const frame = element.closest('.station')?.querySelector('rect')?.getBoundingClientRect();
    if (frame !== undefined && (box.right > frame.right - 2 || box.left < frame.left))
      outside.push(`"${text}" leaves its box`);
  }
  for (const label of document.querySelectorAll('.wide .label')) {
    const box = label.getBoundingClientRect();
    for (const rect of document.querySelectorAll('.wide .station rect')) {
      const other = rect.getBoundingClientRect();
      const apart =
        box.right <= other.left ||
        box.left >= other.right ||
        box.bottom <= other.top ||
        box.top >= other.bottom;
      if (!apart && box.width > 0) outside.push(`"${label.textContent}" runs into a station`);
    }
  }
  return { wide, pale, outside, tiny, resources: performance.getEntriesByType('resource').length, texts };
}
