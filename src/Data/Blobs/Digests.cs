using System.Security.Cryptography;
using System.Text;

namespace JobServer.Data.Blobs;

/// <summary>Written SHA-256 digests.</summary>
public static class Digests
{
    public const int Length = 64;

    public static string OfText(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    public static bool IsWellFormed(string? digest) =>
        digest is { Length: Length } && digest.All(c => c is (>= '0' and <= '9') or (>= 'a' and <= 'f'));
}
