using JobServer.Domain.Pipelines.Drafts;

namespace JobServer.Domain.Pipelines.Rules;

/// <summary>R06: A password does not stand in the file.</summary>
internal sealed class NoPasswordInUrl : ActionRule
{
    public override string Id => "R06";

    protected override void Check(ActionDraft action, PipelineDraft draft, ProblemList problems)
    {
        if (action.RunText is null || !UrlSecrets.IsIn(action.RunText)) return;
        problems.Error(
            Id, action.RunPlace, $"The run of action {Quoted.Text(action.Name)} holds a URL with a password.",
            "Remove it and change the password: the file is public. Database actions get the site's address by themselves.");
    }
}
