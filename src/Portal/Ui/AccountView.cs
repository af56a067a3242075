namespace JobServer.Portal.Ui;

/// <summary>What the account menu shows of the person who is signed in.</summary>
/// <param name="Name">Name, or login where there is none.</param>
/// <param name="Login">Login at GitHub.</param>
/// <param name="PictureAddress">A picture of ours (never a foreign address), or null for initials.</param>
internal sealed record AccountView(string Name, string Login, string? PictureAddress)
{
    /// <summary>One or two letters.</summary>
    public string Initials => string.Concat(
        Name.Split([' ', '-', '.', '_'], StringSplitOptions.RemoveEmptyEntries)
            .Select(part => char.ToUpperInvariant(part[0])).Where(char.IsLetterOrDigit).Take(2));
}
