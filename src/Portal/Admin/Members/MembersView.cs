namespace JobServer.Portal.Admin.Members;

/// <summary>A page about who belongs to something.</summary>
internal sealed record MembersView
{
    public required MemberList List { get; init; }

    /// <summary>What they belong to.</summary>
    public required string Of { get; init; }

    /// <summary>The page's own address; its handlers are Add and Remove.</summary>
    public required string Here { get; init; }

    public required bool MayAdd { get; init; }

    public required bool MayRemove { get; init; }

    /// <summary>Said to people who may not add.</summary>
    public required string WhyNot { get; init; }

    /// <summary>What it means that nobody belongs to it.</summary>
    public required string Empty { get; init; }

    /// <summary>What somebody loses who is removed.</summary>
    public required string Loss { get; init; }
}
