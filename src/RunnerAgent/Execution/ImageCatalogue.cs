using JobServer.Contracts.V1;
using JobServer.RunnerAgent.Workspaces;
using Microsoft.Extensions.Options;

namespace JobServer.RunnerAgent.Execution;

/// <summary>Tool sets of this machine in place of images.</summary>
internal sealed class ImageCatalogue(IOptions<AgentOptions> options) : IImages
{
    private readonly IReadOnlyDictionary<string, ImageOptions> _images =
        options.Value.Images.Count > 0 ? options.Value.Images : Defaults();

    public Task<ReadyImage> PrepareAsync(string name, string version, Action<string> say, CancellationToken cancellationToken) =>
        Find(name, version, out var image) is { } problem
            ? throw new AttemptFailedException(FailureReason.ImageNotAvailable, problem)
            : Task.FromResult(new ReadyImage { Entrypoint = image.Entrypoint, Tools = image.Tools });

    /// <returns>What is wrong, for people; null when the image can be used.</returns>
    public string? Find(string name, string version, out ImageOptions image)
    {
        image = new ImageOptions();
        if (!_images.TryGetValue(name, out var found))
            return $"The image {name}:{version} is not available at this backend. Available are: {Available()}. {WhoCanHelp}";
        if (found.Versions.Count > 0 && !found.Versions.Contains(version, StringComparer.Ordinal))
        {
            return $"The image {name} is not available in version {version} at this backend, only in: "
                + $"{string.Join(", ", found.Versions)}. {WhoCanHelp}";
        }

        if (found.Entrypoint.Take(1).Concat(found.Tools.Values).FirstOrDefault(tool => !File.Exists(tool)) is { } missing)
            return $"The image {name}:{version} is not available at this backend: {missing} is not installed there. {WhoCanHelp}";

        image = found;
        return null;
    }

    private const string WhoCanHelp = "The people who run the backend can add it (setting Agent:Images).";

    private string Available() => string.Join(", ", _images.Keys.Order(StringComparer.Ordinal));

    private static Dictionary<string, ImageOptions> Defaults() => new(StringComparer.Ordinal)
    {
        ["python"] = new ImageOptions { Tools = { ["python"] = "/usr/bin/python3", ["python3"] = "/usr/bin/python3" } },
        ["r"] = new ImageOptions { Entrypoint = { "/usr/bin/Rscript" } },
        ["sh"] = new ImageOptions { Entrypoint = { "/bin/sh" } },
    };
}
