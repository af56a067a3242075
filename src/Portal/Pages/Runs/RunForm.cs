using Microsoft.AspNetCore.Mvc;

namespace JobServer.Portal.Pages.Runs;

/// <summary>The form of the run page as it was sent.</summary>
internal sealed class RunForm
{
    [FromForm(Name = "actions")]
    public string[] Actions { get; set; } = [];

    [FromForm(Name = "backend")]
    public int? Backend { get; set; }

    /// <summary>The commit whose actions the form listed.</summary>
    [FromForm(Name = "commit")]
    public string? Commit { get; set; }

    [FromForm(Name = "force")]
    public bool Force { get; set; }

    [FromForm(Name = "notify")]
    public bool Notify { get; set; }

    /// <summary>Made when the form was drawn: the same form makes one request however often it is sent.</summary>
    [FromForm(Name = "key")]
    public string? Key { get; set; }
}
