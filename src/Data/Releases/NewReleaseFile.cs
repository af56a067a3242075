namespace JobServer.Data.Releases;

/// <summary>A file that is about to be released.</summary>
/// <param name="Path">Relative to the workspace.</param>
/// <param name="Size">In bytes.</param>
/// <param name="Digest">SHA-256, lower-case hexadecimal.</param>
/// <param name="CheckedWith">The rules that the site held it to.</param>
internal sealed record NewReleaseFile(string Path, long Size, string Digest, string CheckedWith);
