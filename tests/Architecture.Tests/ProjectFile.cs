using System.Xml.Linq;

namespace JobServer.Architecture.Tests;

/// <summary>What a project file says about its dependencies.</summary>
internal sealed record ProjectFile
{
    public required string Name { get; init; }

    /// <summary>Names of the projects that it references directly.</summary>
    public required IReadOnlyList<string> References { get; init; }

    public required IReadOnlyList<string> Packages { get; init; }

    public required IReadOnlyList<string> AdditionalFiles { get; init; }

    /// <summary>True where the shared framework of ASP.NET Core comes with the SDK or by reference.</summary>
    public required bool UsesAspNetCore { get; init; }

    public static ProjectFile Load(string path) =>
        Parse(Path.GetFileNameWithoutExtension(path), File.ReadAllText(path));

    public static ProjectFile Parse(string name, string xml)
    {
        var root = XDocument.Parse(xml).Root ?? throw new ArgumentException($"{name} is empty.", nameof(xml));
        var sdk = (string?)root.Attribute("Sdk") ?? "";
        return new ProjectFile
        {
            Name = name,
            References = [.. Includes(root, "ProjectReference").Select(path => Path.GetFileNameWithoutExtension(path.Replace('\\', '/')))],
            Packages = [.. Includes(root, "PackageReference")],
            AdditionalFiles = [.. Includes(root, "AdditionalFiles").Select(path => Path.GetFileName(path.Replace('\\', '/')))],
            UsesAspNetCore = sdk == "Microsoft.NET.Sdk.Web"
                || Includes(root, "FrameworkReference").Contains("Microsoft.AspNetCore.App"),
        };
    }

    /// <summary>This project and all that it reaches through project references.</summary>
    public IReadOnlyList<ProjectFile> Closure(IReadOnlyList<ProjectFile> all)
    {
        var reached = new List<ProjectFile> { this };
        for (var next = 0; next < reached.Count; next++)
        {
            reached.AddRange(all.Where(project =>
                reached[next].References.Contains(project.Name) && reached.TrueForAll(known => known.Name != project.Name)));
        }

        return reached;
    }

    private static IEnumerable<string> Includes(XElement root, string item) =>
        root.Descendants()
            .Where(element => element.Name.LocalName == item)
            .SelectMany(element => ((string?)element.Attribute("Include") ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
}
