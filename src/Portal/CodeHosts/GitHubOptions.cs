namespace JobServer.Portal.CodeHosts;

/// <summary>GitHub, or a GitHub Enterprise server: section <c>CodeHosts:GitHub</c>.</summary>
public sealed class GitHubOptions
{
    public const string Section = "CodeHosts:GitHub";

    /// <summary>What repositories' addresses start with.</summary>
    public string WebAddress { get; set; } = "https://github.com";

    /// <summary>Where the API is; on an Enterprise server the server itself.</summary>
    public string ApiAddress { get; set; } = "https://api.github.com";

    /// <summary>The OAuth app's id and secret raise the limit of calls without a person's token.</summary>
    public string ClientId { get; set; } = "";

    public string ClientSecret { get; set; } = "";
}
