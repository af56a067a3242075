using System.Net;
using Docker.DotNet;
using JobServer.Contracts.V1;
using JobServer.RunnerAgent.Workspaces;
using Microsoft.Extensions.Options;

namespace JobServer.RunnerAgent.Execution.Containers;

/// <summary>The images that the site allows, brought from its registry where that is wanted, each run by its digest.</summary>
internal sealed class DockerImages(IOptions<AgentOptions> options, ContainerEngine engine, TimeProvider time) : IImages
{
    private const string WhoCanHelp = "The people who run the backend can add it (setting Agent:Images).";

    private static readonly string[] Refusals = ["manifest unknown", "name unknown", "pull access denied", "unauthorized"];

    private readonly AgentOptions _options = options.Value;

    public async Task<ReadyImage> PrepareAsync(string name, string version, Action<string> say, CancellationToken cancellationToken)
    {
        if (!_options.Images.TryGetValue(name, out var allowed))
        {
            var available = string.Join(", ", _options.Images.Keys.Order(StringComparer.Ordinal));
            throw NotAvailable($"The image {name}:{version} is not available at this backend. Available are: {available}. {WhoCanHelp}");
        }

        if (allowed.Versions.Count > 0 && !allowed.Versions.Contains(version, StringComparer.Ordinal))
            throw NotAvailable($"The image {name} is not available in version {version} at this backend, only in: {string.Join(", ", allowed.Versions)}. {WhoCanHelp}");

        var repository = RepositoryOf(name, allowed);
        var reference = $"{repository}:{version}";
        var found = _options.Docker.Pull == PullPolicy.Always ? null : await engine.FindImageAsync(reference, cancellationToken);
        if (found is null && _options.Docker.Pull != PullPolicy.Never)
        {
            await PullAsync(name, repository, version, say, cancellationToken);
            found = await engine.FindImageAsync(reference, cancellationToken);
        }

        if (found is null)
            throw NotAvailable($"The image {name}:{version} is not available at this backend: its engine has no {reference}. The people who run the backend can bring it there.");

        return new ReadyImage
        {
            Identity = found.ID,
            Entrypoint = allowed.Entrypoint,
            HasCommand = found.Config is { Cmd.Count: > 0 } or { Entrypoint.Count: > 0 },
        };
    }

    private string RepositoryOf(string name, ImageOptions allowed) =>
        allowed.Reference.Length > 0 ? allowed.Reference
        : _options.Docker.Registry.Length > 0 ? $"{_options.Docker.Registry.TrimEnd('/')}/{name}"
        : name;

    private async Task PullAsync(string name, string repository, string version, Action<string> say, CancellationToken cancellationToken)
    {
        var progress = new PullProgress($"{name}:{version}", say, time);
        try
        {
            say($"Fetching the image {name}:{version}");
            await engine.PullAsync(repository, version, progress, cancellationToken);
        }
        catch (DockerApiException error) when (IsRefused(error))
        {
            throw NotAvailable($"The image {name}:{version} is not available at this backend: its registry does not give {repository}:{version}.");
        }
        catch (DockerApiException error)
        {
            throw new EngineUnavailableException($"The image {repository}:{version} could not be fetched: {error.ResponseBody}", error);
        }

        // The engine answers "OK" before it knows: what went wrong later stands among the messages.
        if (progress.Error is { } problem)
            throw new EngineUnavailableException($"The image {repository}:{version} could not be fetched: {problem}");
    }

    /// <summary>The registry answered, and does not give it: the engine says so by its status, or only in words.</summary>
    private static bool IsRefused(DockerApiException error) =>
        error.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden
        || Refusals.Any(words => error.Message.Contains(words, StringComparison.Ordinal));

    private static AttemptFailedException NotAvailable(string message) => new(FailureReason.ImageNotAvailable, message);
}
