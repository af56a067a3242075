using System.Security.Cryptography;
using System.Text;

namespace JobServer.Domain.Pipelines;

/// <summary>Names jobs. The name follows from the request and the action, so a request that is submitted twice
/// cannot make two jobs of one action.</summary>
public static class JobIdentifier
{
    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz234567";
    private const int HashBytes = 10;

    /// <summary>16 characters of lower-case base32.</summary>
    public static string For(string requestIdentifier, string action)
    {
        ArgumentException.ThrowIfNullOrEmpty(requestIdentifier);
        ArgumentException.ThrowIfNullOrEmpty(action);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(requestIdentifier + "\n" + action), hash);

        Span<char> name = stackalloc char[HashBytes * 8 / 5];
        for (var i = 0; i < name.Length; i++)
        {
            var bit = i * 5;
            var pair = (hash[bit / 8] << 8) | hash[(bit / 8) + 1];
            name[i] = Alphabet[(pair >> (11 - (bit % 8))) & 31];
        }

        return new string(name);
    }
}
