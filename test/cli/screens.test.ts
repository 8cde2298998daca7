import { testEveryScreen, testReadScreens } from './screens/every-screen.js'

const SAMPLE = {
  title: 'sample',
  start: {},
  named: {
    ME: '1',
    AGENT: '4',
    MEMBER: '2',
    TEAM: 'sales',
    RULE: 'enterprise',
    PLAYBOOK: 'leadbot',
    EMAIL: 'ana@acme.example',
  },
}

testEveryScreen(SAMPLE)
testReadScreens(SAMPLE)
