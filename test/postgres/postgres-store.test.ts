import { openStore } from '../../src/service/store/open-store.js'
import { describeStore } from '../service/store/store-contract.js'
import { newPlace } from './shared-server.js'

describeStore('PostgreSQL', () => openStore(newPlace()))
