using JobServer.Domain.Pipelines;
using JobServer.Portal.CodeHosts;
using Microsoft.Extensions.Options;

namespace JobServer.Portal.Studies;

/// <summary>Reads the project.yaml at the head of a branch and holds it to the site's rules.</summary>
internal sealed class ProjectFiles(CodeHostRouter hosts, IOptions<PipelineOptions> options)
{
    public const string Name = "project.yaml";

    public async Task<CodeHostResult<ProjectFile>> ReadHeadAsync(
        string repository, string branch, string? token, CancellationToken cancellationToken)
    {
        var found = hosts.Find(repository);
        if (found.Value is not { } place)
            return found.Problem!;
        var usable = place.Host.TakesTokens ? token : null;
        var head = await place.Host.ResolveAsync(place.Repository, branch, usable, cancellationToken);
        if (head.Value is not { } commit)
            return head.Problem!;
        var file = await place.Host.ReadFileAsync(place.Repository, commit, Name, usable, cancellationToken);
        if (file.Value is not { } bytes)
        {
            return file.Problem!.Failure == CodeHostFailure.FileNotFound
                ? file.Problem with { Message = $"Branch '{branch}' has no {Name} at its top (commit {commit.Short})." }
                : file.Problem;
        }

        return new ProjectFile
        {
            Place = place,
            Commit = commit,

            // Some databases refuse a NUL in text.
            Text = SourceText.Decode(bytes).Replace('\0', '\uFFFD'),
            Reading = PipelineReader.Read(bytes, options.Value.Dialect),
        };
    }
}
