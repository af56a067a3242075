using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.Caching.Memory;

namespace JobServer.Portal.CodeHosts;

/// <summary>Small answers that GitHub gave to nobody in particular, for a short time and in bounded memory.</summary>
internal sealed class TokenlessAnswers : IDisposable
{
    /// <summary>A larger answer is not kept.</summary>
    public const int MaxBytes = 256 * 1024;

    private const long MaxTotalBytes = 32L * 1024 * 1024;
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);
    private readonly MemoryCache _cache = new(new MemoryCacheOptions { SizeLimit = MaxTotalBytes });

    public Answer? Find(string key) => _cache.Get<Answer>(key);

    public void Keep(string key, Answer answer) =>
        _cache.Set(key, answer, new MemoryCacheEntryOptions { Size = answer.Body.Length + (2 * key.Length), AbsoluteExpirationRelativeToNow = Lifetime });

    public void Dispose() => _cache.Dispose();

    internal sealed record Answer(EntityTagHeaderValue Tag, MediaTypeHeaderValue? Type, byte[] Body)
    {
        public HttpResponseMessage Respond(HttpRequestMessage request)
        {
            var response = new HttpResponseMessage(HttpStatusCode.OK) { RequestMessage = request, Content = new ByteArrayContent(Body) };
            response.Headers.ETag = Tag;
            response.Content.Headers.ContentType = Type;
            return response;
        }
    }
}
