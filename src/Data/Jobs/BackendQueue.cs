using Microsoft.EntityFrameworkCore;

namespace JobServer.Data.Jobs;

/// <summary>Reads what waits and what is held at a backend.</summary>
internal static class BackendQueue
{
    // Standard SQL that both databases run. The window is per person and workspace, the smallest that shares are given to, so
    // that no number of jobs of one hides the jobs of another.
    private const string Statement = """
        SELECT q."Id", q."Fence", q."JobRequestId", q."Position", q."UsesDatabase", q."Slots", q."WorkspaceId", q."UserId", p."Id" AS "ProjectId", p."Weight"
        FROM (
            SELECT j."Id", j."Fence", j."JobRequestId", j."Position", j."UsesDatabase", j."Slots", j."WorkspaceId", r."CreatedById" AS "UserId",
                ROW_NUMBER() OVER (PARTITION BY j."UsesDatabase", r."CreatedById", j."WorkspaceId" ORDER BY j."JobRequestId", j."Position") AS "Turn"
            FROM "Jobs" AS j
            INNER JOIN "JobRequests" AS r ON r."Id" = j."JobRequestId"
            WHERE j."BackendId" = {0} AND j."State" = 'pending' AND j."AgentId" IS NULL AND j."CancelRequestedAt" IS NULL
                AND (j."NotBefore" IS NULL OR j."NotBefore" <= {1})
                AND ((j."UsesDatabase" = 0 AND j."Slots" <= {2}) OR (j."UsesDatabase" = 1 AND j."Slots" <= {3}))
                AND NOT EXISTS (
                    SELECT 1 FROM "JobNeeds" AS n INNER JOIN "Jobs" AS d ON d."Id" = n."NeededJobId"
                    WHERE n."JobId" = j."Id" AND d."State" <> 'succeeded')
            UNION ALL
            SELECT NULL, 0, 0, 0, j."UsesDatabase", SUM(j."Slots"), j."WorkspaceId", r."CreatedById", 0
            FROM "Agents" AS a
            INNER JOIN "Jobs" AS j ON j."AgentId" = a."Id"
            INNER JOIN "JobRequests" AS r ON r."Id" = j."JobRequestId"
            WHERE a."BackendId" = {0} AND j."State" IN ('pending', 'running')
            GROUP BY j."UsesDatabase", j."WorkspaceId", r."CreatedById"
        ) AS q
        INNER JOIN "Workspaces" AS w ON w."Id" = q."WorkspaceId"
        INNER JOIN "Projects" AS p ON p."Id" = w."ProjectId"
        WHERE q."Turn" <= {4}
        ORDER BY q."JobRequestId", q."Position"
        """;

    /// <summary>What is held, and the jobs that could start now, oldest first.</summary>
    /// <param name="most">Jobs heavier than this are left out; a limit of 0 leaves a kind out.</param>
    /// <param name="window">How many jobs of one kind, person and workspace are looked at.</param>
    public static Task<List<QueueRow>> ReadAsync(
        JobServerDb db, int backendId, DateTimeOffset now, ClaimLimits most, int window, CancellationToken cancellationToken) =>
        db.Database.SqlQueryRaw<QueueRow>(Statement, backendId, now.UtcDateTime, most.Standard, most.Database, window).ToListAsync(cancellationToken);
}
