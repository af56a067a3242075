using System.Text.Json;
using JobServer.Data.Blobs;
using JobServer.Domain.Jobs;

namespace JobServer.Data.Jobs;

/// <summary>The digest that names what an attempt made.</summary>
public static class Manifests
{
    public static string DigestOf(IEnumerable<OutputFile> files)
    {
        var lines = files.Select(file => JsonSerializer.Serialize<object[]>(
            [file.Path, file.Size, file.Digest, SnakeCase.Of(file.Level), SnakeCase.Of(file.Disposition)]));
        return Digests.OfText(string.Join('\n', lines.Order(StringComparer.Ordinal)));
    }
}
