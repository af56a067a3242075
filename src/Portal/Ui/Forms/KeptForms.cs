using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using JobServer.Portal.Security;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;

namespace JobServer.Portal.Ui.Forms;

/// <summary>
/// Keeps a form that was sent after the sign-in had ended, encrypted in the person's own browser, for the page it
/// came from alone: that page shows it again, and nothing is saved until the person sends it.
/// </summary>
internal sealed class KeptForms(IDataProtectionProvider protection, TimeProvider time)
{
    public const string Cookie = "jobserver.kept";

    /// <summary>In bytes; a longer form is not read before it is known who sends it.</summary>
    public const int LongestForm = 1024 * 1024;

    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(30);

    /// <summary>Servers and proxies refuse a request whose headers are much longer than this, in characters.</summary>
    private const int LongestCookie = 20_000;

    /// <summary>Browsers keep at most 4096 bytes of one cookie; this cuts a longer one into several.</summary>
    private readonly ChunkingCookieManager _cookies = new() { ChunkSize = 3900, ThrowForPartialCookies = false };

    /// <summary>Keeps the form of this request; one that is too long is only mentioned.</summary>
    /// <returns>False when there is no sign that a page of this site sent it: another site must not plant a form.</returns>
    public async Task<bool> KeepAsync(HttpContext context)
    {
        // Other sites' requests carry none of our cookies, and every form of ours came with this one.
        var request = context.Request;
        if (!request.Cookies.ContainsKey(AntiforgeryCookies.FormCookie) || !request.HasFormContentType || !IsPlain(request.Path))
        {
            return false;
        }

        var text = request.ContentLength is > 0 and <= LongestForm ? Protect(request.Path, await ReadAsync(context)) : null;
        if (text is null or { Length: > LongestCookie })
        {
            text = Protect(request.Path, fields: null);
        }

        _cookies.AppendResponseCookie(context, Cookie, text, Options(context, Lifetime));
        return true;
    }

    /// <summary>What was kept of this page's form; null when nothing was, or it lapsed.</summary>
    public KeptForm? Find(HttpContext context)
    {
        if (_cookies.GetRequestCookie(context, Cookie) is not { Length: > 0 } text)
        {
            return null;
        }

        try
        {
            using var packed = new MemoryStream(Protector(context.Request.Path).Unprotect(Convert.FromBase64String(text)));
            using var content = new BrotliStream(packed, CompressionMode.Decompress);
            var kept = JsonSerializer.Deserialize<Content>(content);
            return kept is not null && kept.Until > time.GetUtcNow() ? new KeptForm(kept.Fields) : null;
        }
        catch (Exception error) when (error is CryptographicException or FormatException or JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Once it was saved.</summary>
    public void Forget(HttpContext context)
    {
        if (context.Request.Cookies.ContainsKey(Cookie))
        {
            _cookies.DeleteCookie(context, Cookie, Options(context, lifetime: null));
        }
    }

    private static async Task<Dictionary<string, string[]>> ReadAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        return form.Where(field => !field.Key.StartsWith("__", StringComparison.Ordinal))
            .ToDictionary(field => field.Key, field => field.Value.Select(value => value ?? "").ToArray(), StringComparer.Ordinal);
    }

    private string Protect(PathString path, Dictionary<string, string[]>? fields)
    {
        using var packed = new MemoryStream();
        using (var content = new BrotliStream(packed, CompressionLevel.Optimal))
        {
            JsonSerializer.Serialize(content, new Content(time.GetUtcNow() + Lifetime, fields));
        }

        return Convert.ToBase64String(Protector(path).Protect(packed.ToArray()));
    }

    private IDataProtector Protector(PathString path) => protection.CreateProtector("JobServer.KeptForm", path.Value!.ToUpperInvariant());

    /// <summary>A path that a cookie can be bound to as it is.</summary>
    private static bool IsPlain(PathString path) => path.Value!.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '-' or '_');

    private static CookieOptions Options(HttpContext context, TimeSpan? lifetime) => new()
    {
        Path = context.Request.Path,
        HttpOnly = true,
        IsEssential = true,
        SameSite = SameSiteMode.Lax,
        Secure = context.Request.IsHttps,
        MaxAge = lifetime,
    };

    private sealed record Content(DateTimeOffset Until, Dictionary<string, string[]>? Fields);
}
