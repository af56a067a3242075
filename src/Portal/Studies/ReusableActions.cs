using JobServer.Data.Jobs;
using JobServer.Domain.Pipelines;
using JobServer.Portal.CodeHosts;
using JobServer.Portal.Jobs;
using Microsoft.Extensions.Options;

namespace JobServer.Portal.Studies;

/// <summary>Finds the code of actions that a study takes from elsewhere, and keeps a snapshot of it.</summary>
internal sealed class ReusableActions(
    CodeHostRouter hosts, SourceSnapshots snapshots, IOptions<ReusableActionOptions> reusable)
{
    public const string FileName = "action.yaml";

    /// <summary>Names of the actions whose image is none of the site's; none while the site allows no reusable actions.</summary>
    public IReadOnlySet<string> Of(Pipeline pipeline, PipelineDialect dialect)
    {
        if (!reusable.Value.Enabled)
            return new HashSet<string>(StringComparer.Ordinal);
        var images = reusable.Value.ImagesOf(dialect);
        return pipeline.Actions.Where(action => !images.Contains(action.Image)).Select(action => action.Name).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>Their code by action, or what is wrong with the first that has none. Actions of one image and tag are asked for once.</summary>
    public async Task<CodeHostResult<IReadOnlyDictionary<string, ReusableAction>>> FetchAsync(
        IEnumerable<PipelineAction> actions, PipelineDialect dialect, string? token, CancellationToken cancellationToken)
    {
        var fetched = new Dictionary<string, ReusableAction>(StringComparer.Ordinal);
        foreach (var same in actions.GroupBy(action => $"{action.Image}:{action.ImageVersion}", StringComparer.Ordinal))
        {
            var found = await FetchAsync(same.First(), dialect, token, cancellationToken);
            if (found.Problem is { } problem)
                return problem with { Message = $"In '{same.First().Name}: {same.Key}': {problem.Message}" };
            foreach (var action in same)
                fetched[action.Name] = found.Value!;
        }

        return fetched;
    }

    private async Task<CodeHostResult<ReusableAction>> FetchAsync(PipelineAction action, PipelineDialect dialect, string? token, CancellationToken cancellationToken)
    {
        var address = $"{reusable.Value.BaseAddress.TrimEnd('/')}/{action.Image}";
        if (!RepositoryNames.IsName(action.Image) || hosts.Find(address).Value is not { } place)
            return Unusable("the name of the action contains characters that no repository's name has.");

        var usable = place.Host.TakesTokens ? token : null;
        var tagged = await place.Host.ResolveTagAsync(place.Repository, action.ImageVersion, usable, cancellationToken);
        if (tagged.Value is not { } commit)
        {
            return tagged.Problem!.Failure switch
            {
                CodeHostFailure.RepositoryNotFoundOrPrivate or CodeHostFailure.TokenWithoutAccess => Unusable(
                    $"there is neither an image of this site nor a repository {address} with that name. Check it against the list of reusable actions."),
                CodeHostFailure.TagNotFound => Unusable($"'{action.ImageVersion}' is not a tag of {address}."),
                _ => tagged.Problem,
            };
        }

        var approved = await place.Host.CommitIsOnBranchAsync(place.Repository, commit, reusable.Value.MainBranch, usable, cancellationToken);
        if (approved.Problem is { Failure: not CodeHostFailure.BranchNotFound } problem)
            return problem;
        return approved.Value is { Yes: true }
            ? await ReadAsync(action, dialect, place, commit, usable, cancellationToken)
            : Unusable($"this version is not yet approved: its commit is not on branch '{reusable.Value.MainBranch}' of {address}.");
    }

    private async Task<CodeHostResult<ReusableAction>> ReadAsync(
        PipelineAction action, PipelineDialect dialect, CodePlace place, CodeCommit commit, string? token, CancellationToken cancellationToken)
    {
        var address = place.Repository.Address;
        var file = await place.Host.ReadFileAsync(place.Repository, commit, FileName, token, cancellationToken);
        if (file.Value is not { } bytes)
        {
            return file.Problem!.Failure == CodeHostFailure.FileNotFound
                ? Unusable($"{address} does not look like a valid action: it has no {FileName} at '{action.ImageVersion}'.")
                : file.Problem;
        }

        var reading = ReusableActionReader.Read(bytes, dialect, reusable.Value.ImagesOf(dialect));
        if (reading.Error is { } error)
            return Unusable($"its {FileName} is invalid: {error}. Please open an issue at {address}.");
        var source = await snapshots.KeepAsync(place, commit, token, cancellationToken);
        return source.Value is not { } blob ? source.Problem! : new ReusableAction
        {
            Repository = address.AbsoluteUri,
            Commit = commit.Sha,
            Source = blob,
            Image = reading.Image,
            ImageVersion = reading.ImageVersion,
            Arguments = reading.Arguments,
        };
    }

    private static CodeHostProblem Unusable(string message) => new(CodeHostFailure.ReusableActionUnusable, message);
}
