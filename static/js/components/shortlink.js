// A short link as it is read from a wall: its QR code, and its address as a hand types it.

import { h } from './dom.js'

/** Always dark on white: some cameras read nothing else. @param {string} address */
export function qrCode(address) {
  return h('img', { class: 'qr', src: `/api/qr.svg?text=${encodeURIComponent(address)}`, alt: `QR code of ${address}`, width: 148, height: 148 })
}

/** @param {string} address */
export function spelt(address) {
  const [host, id] = address.replace(/^https?:\/\//, '').split('/s/')
  return h('p', { class: 'spelt' }, h('span', null, `${host}/s/`), h('strong', null, id))
}
