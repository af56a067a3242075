namespace JobServer.Portal.Admin.Members;

/// <summary>Who belongs to something, and whom a search found to add.</summary>
internal sealed record MemberList
{
    public static MemberList None { get; } = new() { Search = "", Paging = Paging.None, Rows = [], Found = [] };

    /// <summary>Empty where nobody is looked for.</summary>
    public required string Search { get; init; }

    public required Paging Paging { get; init; }

    public required IReadOnlyList<ListedPerson> Rows { get; init; }

    /// <summary>People who match the search, can sign in and do not belong to it.</summary>
    public required IReadOnlyList<ListedPerson> Found { get; init; }
}
