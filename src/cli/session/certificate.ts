import { DriftStatusError } from '../../domain/errors.js'
import type { Context, ServedWorkspace } from '../context.js'

const MAX_CERTIFICATE_BYTES = 1024 * 1024

/** Where the certificate and its private key are, as PEM files. */
export interface CertificateFiles {
  readonly tlsCert?: string
  readonly tlsKey?: string
}

type Reader = Pick<Context, 'read'>

/**
 * The certificate of TLS; undefined for plain http.
 * @throws DriftStatusError when one of the two is missing or cannot be read
 */
export async function readCertificate({ tlsCert, tlsKey }: CertificateFiles, context: Reader) {
  if (tlsCert === undefined && tlsKey === undefined) return undefined
  if (tlsCert === undefined || tlsKey === undefined) {
    throw new DriftStatusError('usage', `${tlsCert === undefined ? '--tls-cert' : '--tls-key'} is missing`, {
      hint: 'a certificate and its private key go together',
    })
  }
  const [cert, key] = await Promise.all([tlsCert, tlsKey].map((path) => readPem(path, context)))
  return { cert: cert!, key: key! }
}

/** Reads the files again, for the connections to come. Files that cannot be used change nothing, and the log says so. */
export async function reloadCertificate(
  server: ServedWorkspace,
  files: CertificateFiles,
  context: Reader,
): Promise<void> {
  try {
    const certificate = await readCertificate(files, context)
    if (certificate) server.useCertificate(certificate)
    server.note(
      certificate
        ? 'the certificate was reloaded'
        : 'SIGHUP reloads the certificate, and this service has no certificate',
    )
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    server.note(`the certificate was not reloaded, the old one stays: ${reason}`)
  }
}

async function readPem(path: string, context: Reader): Promise<Uint8Array> {
  try {
    return await context.read(path, MAX_CERTIFICATE_BYTES)
  } catch (error) {
    if (!(error instanceof DriftStatusError)) throw error
    const hint = 'name the certificate with --tls-cert and its private key with --tls-key, both PEM'
    throw new DriftStatusError(error.code, error.message, { hint, cause: error.cause })
  }
}
