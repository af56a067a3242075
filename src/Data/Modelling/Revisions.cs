using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace JobServer.Data.Modelling;

/// <summary>Every write raises the row's revision; <c>rowversion</c> does nothing on SQLite.</summary>
internal static class Revisions
{
    public static void Raise(ChangeTracker tracker)
    {
        foreach (var entry in tracker.Entries())
        {
            if (entry.State == EntityState.Modified && entry.Metadata.FindProperty("Revision") is { } property)
            {
                entry.Property(property).CurrentValue = (int)entry.Property(property).OriginalValue! + 1;
            }
        }
    }
}
