namespace JobServer.Portal.Jobs;

/// <summary>A code host token that a person entered for the next submit of one workspace.</summary>
internal interface IOneTimeTokens
{
    string? Read(HttpContext context, int workspaceId);

    void Drop(HttpContext context, int workspaceId);
}
