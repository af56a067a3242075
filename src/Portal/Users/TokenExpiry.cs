using System.Globalization;

namespace JobServer.Portal.Users;

/// <summary>The header in which GitHub says when a token ends: <c>2026-12-31 23:59:59 UTC</c>, or with an offset.</summary>
internal static class TokenExpiry
{
    private const string Header = "github-authentication-token-expiration";

    private static readonly string[] Formats = ["yyyy-MM-dd HH:mm:ss zzz", "yyyy-MM-dd HH:mm:ss'Z'", "yyyy-MM-dd'T'HH:mm:sszzz", "yyyy-MM-dd'T'HH:mm:ss'Z'"];

    /// <returns>Null when GitHub says nothing, or nothing that can be read.</returns>
    public static DateTimeOffset? Of(HttpResponseMessage answer) =>
        answer.Headers.TryGetValues(Header, out var values) ? Parse(values.FirstOrDefault()) : null;

    internal static DateTimeOffset? Parse(string? text)
    {
        text = (text ?? "").Trim().Replace(" UTC", " +00:00", StringComparison.Ordinal);
        if (text is [.., '+' or '-', _, _, var hour, var minute] && char.IsAsciiDigit(hour) && char.IsAsciiDigit(minute))
        {
            text = text[..^2] + ":" + text[^2..];
        }

        return DateTimeOffset.TryParseExact(text, Formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at)
            ? at
            : null;
    }
}
