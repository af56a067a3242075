namespace JobServer.Portal.CodeHosts;

/// <param name="Bytes">Length of the archive that was written.</param>
public sealed record SourceArchive(long Bytes);
