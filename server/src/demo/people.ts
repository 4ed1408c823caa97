import type { Language } from '@multilogue/shared/values'

export interface Party {
  code: string
  name: string
  language: Language
  head: string
  adviser: string
}

/** The twelve members of the demo round. Countries are real, all persons are invented. */
export const MEMBERS: Party[] = [
  { code: 'GHA', name: 'Ghana', language: 'en', head: 'Ama Boateng', adviser: 'Kofi Mensah' },
  { code: 'ETH', name: 'Ethiopia', language: 'en', head: 'Tigist Alemu', adviser: 'Dawit Bekele' },
  { code: 'MAR', name: 'Morocco', language: 'ar', head: 'Salma Bennani', adviser: 'Youssef El Idrissi' },
  { code: 'TUN', name: 'Tunisia', language: 'ar', head: 'Leïla Trabelsi', adviser: 'Karim Jaziri' },
  { code: 'COL', name: 'Colombia', language: 'es', head: 'Camila Restrepo', adviser: 'Andrés Quintero' },
  { code: 'MEX', name: 'Mexico', language: 'es', head: 'Lucía Hernández', adviser: 'Diego Salazar' },
  { code: 'IND', name: 'India', language: 'en', head: 'Ananya Rao', adviser: 'Vikram Nair' },
  { code: 'IDN', name: 'Indonesia', language: 'en', head: 'Dewi Lestari', adviser: 'Budi Santoso' },
  { code: 'PAK', name: 'Pakistan', language: 'en', head: 'Ayesha Malik', adviser: 'Hamza Qureshi' },
  { code: 'KOR', name: 'Republic of Korea', language: 'en', head: 'Seo-yeon Kim', adviser: 'Min-jun Park' },
  { code: 'DEU', name: 'Germany', language: 'en', head: 'Katharina Vogel', adviser: 'Jonas Becker' },
  { code: 'CHE', name: 'Switzerland', language: 'fr', head: 'Élodie Favre', adviser: 'Luca Meier' },
]

export const OFFICERS = [
  { key: 'secretariat', name: 'Ines Marchetti', role: 'secretariat' },
  { key: 'chair', name: 'Ambassador Nilufar Karimova', role: 'chair' },
  { key: 'facilitator', name: 'Henrik Dahl', role: 'facilitator' },
  { key: 'rapporteur', name: 'Grace Wanjiru', role: 'rapporteur' },
  { key: 'admin', name: 'Tomás Ferreira', role: 'admin' },
] as const

export const OBSERVERS = [
  { key: 'unctad', code: 'UNCTAD', name: 'UNCTAD', kind: 'observer', person: 'Farah Siddiqui' },
  { key: 'oecd', code: 'OECD', name: 'OECD', kind: 'observer', person: 'Pierre Lambert' },
  { key: 'unido', code: 'UNIDO', name: 'UNIDO', kind: 'observer', person: 'Miriam Okafor' },
  {
    key: 'stakeholder',
    code: 'AGI',
    name: 'Association of Ghana Industries',
    kind: 'stakeholder',
    person: 'Efua Darko',
  },
  { key: 'university', code: 'MED-U', name: 'University of Medellín', kind: 'stakeholder', person: 'Sofía Arango' },
] as const
