namespace JobServer.Data.Jobs;

/// <summary>
/// The one order in which jobs of a backend start, for claims and for what people are told: from the project that holds the
/// least slots for its weight, in it from the person who holds least, then from the workspace that does, then the oldest.
/// </summary>
internal static class FairQueue
{
    /// <summary>The jobs of one kind in their order, each counted as held by those after it; lazy, so taking a few is cheap.</summary>
    /// <param name="rows">What waits, oldest first, and what is held.</param>
    public static IEnumerable<QueueRow> Order(IEnumerable<QueueRow> rows, bool usesDatabase)
    {
        var all = new FairShare(1);
        foreach (var row in rows.Where(row => row.UsesDatabase == usesDatabase))
        {
            var project = all.Part(row.ProjectId, row.Weight);
            var person = project.Part(row.UserId, 1);
            var workspace = person.Part(row.WorkspaceId, 1);
            if (row.Id is null)
            {
                project.Hold(row.Slots);
                person.Hold(row.Slots);
                workspace.Hold(row.Slots);
                continue;
            }

            workspace.Wait(row);
            person.Note(row.Age);
            project.Note(row.Age);
            all.Note(row.Age);
        }

        while (all.IsWaiting)
        {
            yield return all.Take();
        }
    }
}
