using JobServer.Domain.Users;
using JobServer.Portal.Admin.Members;
using JobServer.Portal.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace JobServer.Portal.Pages.Admin;

/// <summary>What the pages have in common that add people to something and remove them.</summary>
internal abstract class MembersPage(MemberLists lists) : PageModel
{
    public int Id { get; private set; }

    public string Name { get; private set; } = "";

    public MemberList List { get; private set; } = MemberList.None;

    /// <param name="id">Of what they belong to.</param>
    /// <param name="name">Null when it is not there.</param>
    /// <param name="members">Everybody who belongs to it.</param>
    /// <param name="typed">Who is looked for.</param>
    /// <param name="number">Which page of the list.</param>
    /// <param name="cancellationToken">Of the browser.</param>
    protected async Task<IActionResult> ShowAsync(int id, string? name, IQueryable<User> members, string? typed, int number, CancellationToken cancellationToken)
    {
        if (name is null)
        {
            return NotFound();
        }

        (Id, Name) = (id, name);
        List = await lists.ReadAsync(members, typed, number, cancellationToken);
        return Page();
    }

    /// <param name="done">Whether something was written.</param>
    /// <param name="success">What is said of it.</param>
    /// <param name="why">What the person is or was, where nothing was written.</param>
    /// <param name="address">Of the page.</param>
    protected LocalRedirectResult Tell(bool done, string success, string why, string address)
    {
        if (done)
        {
            TempData.Success(success);
        }
        else
        {
            TempData.Warn($"Nothing was changed: the person {why}.");
        }

        return LocalRedirect(address);
    }
}
