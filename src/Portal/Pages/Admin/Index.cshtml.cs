using JobServer.Domain.Access;
using JobServer.Portal.Access;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace JobServer.Portal.Pages.Admin;

/// <summary>The way into the parts of the admin area that the person may use.</summary>
[RequiresPermission(Permission.OpenAdminArea)]
internal sealed class IndexModel : PageModel;
