using System.Net;

namespace JobServer.Portal.CodeHosts;

/// <summary>
/// Asks GitHub only whether an answer has changed, which costs nothing of the site's limit, where it was asked the same
/// before. Answers to calls with a person's token are never kept: what one may see, another may not.
/// </summary>
internal sealed class TokenlessCacheHandler(TokenlessAnswers answers) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (!MayKeep(request))
            return await base.SendAsync(request, cancellationToken);
        var key = $"{request.Headers.Authorization is null} {request.Headers.Accept} {request.RequestUri}";
        var known = answers.Find(key);

        // A file at a commit never changes.
        if (known is not null && request.RequestUri!.Query.Contains("ref=", StringComparison.Ordinal))
            return known.Respond(request);
        if (known is not null)
            request.Headers.IfNoneMatch.Add(known.Tag);
        var response = await base.SendAsync(request, cancellationToken);
        if (known is not null && response.StatusCode == HttpStatusCode.NotModified)
        {
            response.Dispose();
            return known.Respond(request);
        }

        if (response is { StatusCode: HttpStatusCode.OK, Headers.ETag: { } tag, Content.Headers.ContentLength: <= TokenlessAnswers.MaxBytes })
        {
            var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
            answers.Keep(key, new TokenlessAnswers.Answer(tag, response.Content.Headers.ContentType, body));
        }

        return response;
    }

    /// <summary>Without anybody's token: as nobody, or as the site's OAuth app, which has a name and a password.</summary>
    private static bool MayKeep(HttpRequestMessage request) =>
        request.Method == HttpMethod.Get && request.Headers.Authorization is null or { Scheme: "Basic" };
}
