using JobServer.Domain.Pipelines.Drafts;

namespace JobServer.Domain.Pipelines.Rules;

/// <summary>R03: The image has a version.</summary>
internal sealed class ImageHasVersion : ActionRule
{
    public override string Id => "R03";

    protected override void Check(ActionDraft action, PipelineDraft draft, ProblemList problems)
    {
        if (string.IsNullOrEmpty(action.RunText?.Trim('#', ' ')) || action.Image is null) return;
        var version = action.ImageVersion;
        if (draft.IsStrict ? version is not null && IsVersion(version) : !string.IsNullOrEmpty(version)) return;
        var found = version is null ? "has no version" : $"has {Quoted.Text(version)} for a version";
        problems.Error(
            Id, action.RunPlace, $"The image {Quoted.Text(action.Image)} of action {Quoted.Text(action.Name)} {found}.",
            "Write the version after a colon, as in python:v2.");
    }

    /// <summary>As it has always been: `v` with digits and dots in any order, perhaps `-pre`, or `dev` or `latest`.</summary>
    private static bool IsVersion(string text)
    {
        var version = text.AsSpan();
        if (version.EndsWith("\n")) version = version[..^1];
        if (version is "dev" or "latest") return true;
        if (!version.StartsWith("v")) return false;
        version = version[1..];
        if (version.EndsWith("-pre")) version = version[..^4];
        foreach (var c in version)
        {
            if (c != '.' && !char.IsDigit(c)) return false;
        }

        return version.Length > 0;
    }
}
