namespace JobServer.Portal.SignIn;

/// <summary>A server that is down may answer with a page of its own; nobody should try to read that as an answer.</summary>
internal sealed class UnavailableHandler : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var answer = await base.SendAsync(request, cancellationToken);
        if (answer.StatusCode < System.Net.HttpStatusCode.InternalServerError)
        {
            return answer;
        }

        answer.Dispose();
        throw new HttpRequestException("The server is not available.");
    }
}
