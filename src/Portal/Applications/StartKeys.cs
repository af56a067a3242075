using JobServer.Portal.Ui.Forms;

namespace JobServer.Portal.Applications;

/// <summary>One application for an agreement to the terms, however often it is sent.</summary>
internal sealed class StartKeys : FormKeys<string?>
{
    protected override bool MadeSomething(string? result) => result is not null;
}
