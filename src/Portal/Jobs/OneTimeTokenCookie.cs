namespace JobServer.Portal.Jobs;

/// <summary>No tokens until somebody can enter one; a cookie of this name is taken away after a submit all the same.</summary>
internal sealed class OneTimeTokenCookie : IOneTimeTokens
{
    public static string Name(int workspaceId) => $"jobserver.token.{workspaceId}";

    public string? Read(HttpContext context, int workspaceId) => null;

    public void Drop(HttpContext context, int workspaceId) => context.Response.Cookies.Delete(Name(workspaceId));
}
