namespace JobServer.Simulation.Tests.Specification.Slots;

/// <summary>An agent with one slot of each kind, two jobs of each kind, and the coordinators of its newest and of an older session.</summary>
internal readonly record struct SlotState
{
    public Place Standard1 { get; init; }

    public Place Standard2 { get; init; }

    public Place Database1 { get; init; }

    public Place Database2 { get; init; }

    /// <summary>Slots of the kind that the newest session's coordinator believes to be free, as the agent said.</summary>
    public bool HasStandardCredit { get; init; }

    public bool HasDatabaseCredit { get; init; }

    /// <summary>An older session's coordinator has not noticed yet, and believes in credits of its own.</summary>
    public bool HasOlder { get; init; }

    /// <summary>The job that a coordinator has counted room for and not leased yet: 1 to 4; 0 for none.</summary>
    public byte Counted { get; init; }

    public bool IsCountedByOlder { get; init; }

    /// <summary>Not a column: a claim of an older session took effect.</summary>
    public bool WasOlderHeard { get; init; }

    public static bool IsDatabase(int job) => job > 2;

    public Place this[int job] => job switch { 1 => Standard1, 2 => Standard2, 3 => Database1, _ => Database2 };

    public bool HasCredit(bool isDatabase) => isDatabase ? HasDatabaseCredit : HasStandardCredit;

    public int Leased(bool isDatabase) => Count(isDatabase, place => place is Place.Held or Place.HeldFromBefore);

    public int Count(bool isDatabase, Func<Place, bool> counts) =>
        isDatabase ? Convert.ToInt32(counts(Database1)) + Convert.ToInt32(counts(Database2)) : Convert.ToInt32(counts(Standard1)) + Convert.ToInt32(counts(Standard2));

    public SlotState With(int job, Place place) => job switch
    {
        1 => this with { Standard1 = place },
        2 => this with { Standard2 = place },
        3 => this with { Database1 = place },
        _ => this with { Database2 = place },
    };

    public SlotState WithCredit(bool isDatabase, bool has) => isDatabase ? this with { HasDatabaseCredit = has } : this with { HasStandardCredit = has };
}
