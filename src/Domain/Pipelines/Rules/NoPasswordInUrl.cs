using JobServer.Domain.Pipelines.Drafts;
using JobServer.Domain.Pipelines.Yaml;

namespace JobServer.Domain.Pipelines.Rules;

/// <summary>R06: A password does not stand in the file.</summary>
internal sealed class NoPasswordInUrl : ActionRule
{
    public override string Id => "R06";

    protected override void Check(ActionDraft action, PipelineDraft draft, ProblemList problems)
    {
        var isInRun = action.Words is { } words ? words.Any(UrlSecrets.IsIn) : action.RunText is { } text && UrlSecrets.IsIn(text);
        if (isInRun) Refuse(action, action.RunPlace, problems);
        if (action.Config is { } config && UrlSecrets.Find(config) is { } place) Refuse(action, place, problems);
    }

    private void Refuse(ActionDraft action, YamlNode place, ProblemList problems) =>
        problems.Error(
            Id, place, $"Action {Quoted.Text(action.Name)} holds a URL with a password.",
            "Remove it and change the password: the file is public. Database actions get the site's address by themselves.");
}
