namespace JobServer.Portal.Users;

/// <summary>Stands in every call to GitHub and tells <see cref="StoredTokenUses"/> how it went.</summary>
internal sealed class StoredTokenHandler(StoredTokenUses uses) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var token = request.Headers.Authorization is { Scheme: "Bearer" or "Token", Parameter: { Length: > 0 } parameter } ? parameter : null;
        var answer = await base.SendAsync(request, cancellationToken);
        if (token is not null)
        {
            await uses.SeenAsync(token, answer.StatusCode, TokenExpiry.Of(answer));
        }

        return answer;
    }
}
