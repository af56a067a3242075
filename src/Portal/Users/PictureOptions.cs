namespace JobServer.Portal.Users;

/// <summary>From where the server fetches people's pictures: section <c>Portal:Pictures</c>.</summary>
internal sealed class PictureOptions
{
    public const string Section = "Portal:Pictures";

    /// <summary>Hosts besides the configured GitHub, asked over https alone. More entries are added to the first.</summary>
    public IList<string> Hosts { get; } = ["avatars.githubusercontent.com"];

    /// <summary>A larger picture is not shown.</summary>
    public int MaxBytes { get; set; } = 512 * 1024;

    public TimeSpan Deadline { get; set; } = TimeSpan.FromSeconds(5);
}
