using JobServer.Domain.Access;
using JobServer.Portal.Access;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace JobServer.Portal.Pages;

/// <summary>Says honestly that this is not open yet.</summary>
[RequiresPermission(Permission.UseOwnAccount)]
internal sealed class SettingsModel : PageModel;
