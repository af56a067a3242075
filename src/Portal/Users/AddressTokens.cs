using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace JobServer.Portal.Users;

/// <summary>What the link in an e-mail carries that verifies an address: who, which address, until when. Nobody can make one but this site.</summary>
internal sealed class AddressTokens(IDataProtectionProvider protection, TimeProvider time)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);
    private const int MostCharacters = 2_000;
    private readonly IDataProtector _protector = protection.CreateProtector("JobServer.NotificationAddress");

    public (string Token, DateTimeOffset Until) Make(int userId, string address)
    {
        var until = time.GetUtcNow() + Lifetime;
        return (_protector.Protect($"{userId} {until.ToUnixTimeSeconds()} {address}"), until);
    }

    /// <returns>Null when the token is not one of ours or is too old.</returns>
    public (int UserId, string Address)? Read(string? token)
    {
        if (token is not { Length: > 0 and <= MostCharacters })
        {
            return null;
        }

        try
        {
            var parts = _protector.Unprotect(token).Split(' ', 3);
            var until = DateTimeOffset.FromUnixTimeSeconds(long.Parse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture));
            return until > time.GetUtcNow() ? (int.Parse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture), parts[2]) : null;
        }
        catch (Exception error) when (error is CryptographicException or FormatException)
        {
            return null;
        }
    }
}
