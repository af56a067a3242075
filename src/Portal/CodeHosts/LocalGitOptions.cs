namespace JobServer.Portal.CodeHosts;

/// <summary>Git repositories in folders of this machine: section <c>CodeHosts:Local</c>. Off while a setting is empty.</summary>
public sealed class LocalGitOptions
{
    public const string Section = "CodeHosts:Local";

    /// <summary>Folder with <c>{owner}/{name}</c> or <c>{owner}/{name}.git</c> repositories.</summary>
    public string Root { get; set; } = "";

    /// <summary>What addresses of these repositories start with: <c>https://demo.local</c>.</summary>
    public string Address { get; set; } = "";

    public bool IsOn => Root.Length > 0 && Address.Length > 0;
}
