namespace JobServer.Portal.Pages.Admin.Alerts;

/// <summary>Whether people see an alert.</summary>
internal enum Standing
{
    Planned,
    Shown,
    Over,
}
