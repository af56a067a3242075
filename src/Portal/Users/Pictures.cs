using System.Net;
using JobServer.Portal.CodeHosts;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;

namespace JobServer.Portal.Users;

/// <summary>Fetches people's pictures, so that no browser tells another site who looks at what.</summary>
internal sealed class Pictures(
    IHttpClientFactory http, PictureHosts hosts, IOptions<PictureOptions> options, TimeProvider time, ILogger<Pictures> logger) : IDisposable
{
    public const string HttpName = "pictures";
    private const string Pixels = "96";
    private const long CacheBytes = 32L * 1024 * 1024;

    /// <summary>What an entry takes besides the picture.</summary>
    private const int EntryBytes = 1_024;

    private static readonly TimeSpan KeepFor = TimeSpan.FromHours(1);
    private static readonly TimeSpan KeepFailureFor = TimeSpan.FromMinutes(5);
    private readonly MemoryCache _cache = new(new MemoryCacheOptions { SizeLimit = CacheBytes });

    /// <returns>Null when there is none that can be shown; also when the other server does not answer.</returns>
    public async Task<Picture?> FindAsync(string address, CancellationToken cancellation)
    {
        if (!hosts.Allow(address))
        {
            return null;
        }

        if (_cache.TryGetValue(address, out Picture? kept))
        {
            return kept;
        }

        var picture = await FetchAsync(address, cancellation);
        return _cache.Set(address, picture, new MemoryCacheEntryOptions
        {
            Size = EntryBytes + (picture?.Bytes.Length ?? 0),
            AbsoluteExpirationRelativeToNow = picture is null ? KeepFailureFor : KeepFor,
        });
    }

    public void Dispose() => _cache.Dispose();

    private async Task<Picture?> FetchAsync(string address, CancellationToken cancellation)
    {
        using var late = new CancellationTokenSource(options.Value.Deadline, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellation);
        try
        {
            using var client = http.CreateClient(HttpName);
            using var answer = await client.GetAsync(
                new Uri(QueryHelpers.AddQueryString(address, "s", Pixels)), HttpCompletionOption.ResponseHeadersRead, stop.Token);
            if (answer.StatusCode != HttpStatusCode.OK)
            {
                return null;
            }

            using var bytes = new MemoryStream();
            await using var body = await answer.Content.ReadAsStreamAsync(stop.Token);
            await body.CopyToAsync(new CappedStream(bytes, options.Value.MaxBytes), stop.Token);
            var picture = bytes.ToArray();
            return PictureTypes.Of(picture) is { } type ? new Picture(picture, type) : null;
        }
        catch (Exception error) when (
            error is HttpRequestException or IOException or CapExceededException or OperationCanceledException && !cancellation.IsCancellationRequested)
        {
            UsersLog.NoPicture(logger, error.GetType().Name);
            return null;
        }
    }
}
