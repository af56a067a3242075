using JobServer.Data.Jobs;

namespace JobServer.Data.Sqlite.Jobs;

/// <summary>The rows come through <c>json_each</c>, whose <c>value</c> is one object.</summary>
internal sealed class SqliteJobStatements : IJobStatements
{
    public string MoveJobs => """
        UPDATE "Jobs" SET
            "State" = w.value ->> 'State',
            "StatusCode" = w.value ->> 'Code',
            "StatusMessage" = w.value ->> 'Message',
            "AppliedSequence" = w.value ->> 'Sequence',
            "AgentId" = CASE WHEN w.value ->> 'IsQueued' THEN NULL ELSE "AgentId" END,
            "SessionEpoch" = CASE WHEN w.value ->> 'IsQueued' THEN NULL ELSE "SessionEpoch" END,
            "LeasedAt" = CASE WHEN w.value ->> 'IsQueued' THEN NULL ELSE "LeasedAt" END,
            "AcceptedAt" = CASE WHEN w.value ->> 'IsQueued' THEN NULL ELSE "AcceptedAt" END,
            "LostAttempts" = w.value ->> 'Lost',
            "NotBefore" = w.value ->> 'NotBefore',
            "StartedAt" = w.value ->> 'StartedAt',
            "CompletedAt" = w.value ->> 'CompletedAt',
            "ExitCode" = w.value ->> 'ExitCode',
            "ManifestDigest" = w.value ->> 'Manifest',
            "UpdatedAt" = w.value ->> 'UpdatedAt',
            "Revision" = "Revision" + 1
        FROM json_each(@rows) AS w
        WHERE "Jobs"."Id" = w.value ->> 'Id'
            AND "State" IN ('pending', 'running')
            AND "State" = w.value ->> 'OldState'
            AND "Fence" = w.value ->> 'OldFence'
            AND "AppliedSequence" = w.value ->> 'OldSequence'
            AND "AgentId" IS w.value ->> 'OldAgent'
            AND "Revision" = w.value ->> 'OldRevision'
            AND (w.value ->> 'Epoch' IS NULL OR EXISTS (
                SELECT 1 FROM "Agents" AS a WHERE a."Id" = w.value ->> 'OldAgent' AND a."SessionEpoch" = w.value ->> 'Epoch'))
        RETURNING "Id"
        """;

    public string LockAgents => """
        UPDATE "Agents" SET "SessionEpoch" = "SessionEpoch"
        FROM json_each(@rows) AS w
        WHERE "Agents"."Id" = w.value ->> 'Id'
        """;

    public string LeaseJobs => """
        UPDATE "Jobs" SET
            "Fence" = "Fence" + 1,
            "AgentId" = w.value ->> 'Agent',
            "SessionEpoch" = w.value ->> 'Epoch',
            "LeasedAt" = w.value ->> 'At',
            "AcceptedAt" = NULL,
            "NotBefore" = NULL,
            "AppliedSequence" = 0,
            "StatusCode" = w.value ->> 'Code',
            "StatusMessage" = w.value ->> 'Message',
            "UpdatedAt" = w.value ->> 'At',
            "Revision" = "Revision" + 1
        FROM json_each(@rows) AS w
        WHERE "Jobs"."Id" = w.value ->> 'Id'
            AND "State" = 'pending'
            AND "AgentId" IS NULL
            AND "CancelRequestedAt" IS NULL
            AND "Fence" = w.value ->> 'OldFence'
            AND EXISTS (SELECT 1 FROM "Agents" AS a
                WHERE a."Id" = w.value ->> 'Agent' AND a."SessionEpoch" = w.value ->> 'Epoch' AND a."Mode" = 'active')
        RETURNING "Id"
        """;

    public string AcceptJobs => """
        UPDATE "Jobs" SET
            "AcceptedAt" = COALESCE("AcceptedAt", w.value ->> 'At'),
            "SessionEpoch" = w.value ->> 'Epoch',
            "Revision" = "Revision" + 1
        FROM json_each(@rows) AS w
        WHERE "Jobs"."Id" = w.value ->> 'Id'
            AND "Fence" = w.value ->> 'Fence'
            AND "AgentId" = w.value ->> 'Agent'
            AND "State" IN ('pending', 'running')
            AND EXISTS (SELECT 1 FROM "Agents" AS a WHERE a."Id" = w.value ->> 'Agent' AND a."SessionEpoch" = w.value ->> 'Epoch')
        RETURNING "Id", "Fence", "AgentId", "SessionEpoch"
        """;

    public string GreetAgents => """
        UPDATE "Agents" SET
            "SessionEpoch" = "SessionEpoch" + 1,
            "JournalId" = w.value ->> 'Journal',
            "InstanceId" = w.value ->> 'Instance',
            "DisplayName" = w.value ->> 'Name',
            "Build" = w.value ->> 'Build',
            "OperatingSystem" = w.value ->> 'System',
            "StandardSlots" = w.value ->> 'Standard',
            "DatabaseSlots" = w.value ->> 'Database',
            "LastSeenAt" = w.value ->> 'At',
            "AttemptsLeft" = CASE WHEN "Mode" IN ('draining', 'drained') THEN "AttemptsLeft" ELSE NULL END,
            "Revision" = "Revision" + 1
        FROM json_each(@rows) AS w
        WHERE "Agents"."Id" = w.value ->> 'Id'
            AND "SessionEpoch" = w.value ->> 'OldEpoch'
            AND "Mode" <> 'revoked'
        RETURNING "Id"
        """;

    public string EndOlderSessions => """
        UPDATE "AgentSessions" SET
            "EndedAt" = w.value ->> 'At',
            "EndReason" = 'superseded'
        FROM json_each(@rows) AS w
        WHERE "AgentSessions"."AgentId" = w.value ->> 'Agent'
            AND "Epoch" < w.value ->> 'Epoch'
            AND "EndedAt" IS NULL
        """;

    public string AddSessions => """
        INSERT INTO "AgentSessions" ("AgentId", "Epoch", "InstanceId", "CoordinatorId", "StartedAt", "ExpiresAt")
        SELECT w.value ->> 'Agent', w.value ->> 'Epoch', w.value ->> 'Instance', w.value ->> 'Coordinator',
            w.value ->> 'StartedAt', w.value ->> 'ExpiresAt'
        FROM json_each(@rows) AS w
        """;

    public string RenewSessions => """
        UPDATE "AgentSessions" SET
            "ExpiresAt" = w.value ->> 'ExpiresAt'
        FROM json_each(@rows) AS w
        WHERE "AgentSessions"."AgentId" = w.value ->> 'Agent'
            AND "Epoch" = w.value ->> 'Epoch'
            AND "EndedAt" IS NULL
            AND EXISTS (SELECT 1 FROM "Agents" AS a WHERE a."Id" = w.value ->> 'Agent' AND a."SessionEpoch" = w.value ->> 'Epoch')
        RETURNING "AgentId", "Epoch"
        """;

    public string AddEvents => """
        INSERT INTO "JobEvents" ("JobId", "At", "Kind", "State", "StatusCode", "Message", "Fence", "Sequence", "AgentId", "SessionEpoch")
        SELECT w.value ->> 'JobId', w.value ->> 'At', w.value ->> 'Kind', w.value ->> 'State', w.value ->> 'Code',
            w.value ->> 'Message', w.value ->> 'Fence', w.value ->> 'Sequence', w.value ->> 'Agent', w.value ->> 'Epoch'
        FROM json_each(@rows) AS w
        ORDER BY w.key
        """;

    public string AddToRequests => """
        UPDATE "JobRequests" SET
            "PendingJobs" = "PendingJobs" + (w.value ->> 'Pending'),
            "RunningJobs" = "RunningJobs" + (w.value ->> 'Running'),
            "SucceededJobs" = "SucceededJobs" + (w.value ->> 'Succeeded'),
            "FailedJobs" = "FailedJobs" + (w.value ->> 'Failed'),
            "CancelledJobs" = "CancelledJobs" + (w.value ->> 'Cancelled'),
            "Runtime" = "Runtime" + (w.value ->> 'Runtime'),
            "Revision" = "Revision" + 1
        FROM json_each(@rows) AS w
        WHERE "JobRequests"."Id" = w.value ->> 'Id'
        RETURNING "Id", "PendingJobs", "RunningJobs", "SucceededJobs", "FailedJobs", "CancelledJobs", "State", "FirstStartedAt", "EndedAt"
        """;

    public string SetRequestStates => """
        UPDATE "JobRequests" SET
            "State" = w.value ->> 'State',
            "FirstStartedAt" = w.value ->> 'FirstStartedAt',
            "EndedAt" = w.value ->> 'EndedAt'
        FROM json_each(@rows) AS w
        WHERE "JobRequests"."Id" = w.value ->> 'Id'
        """;
}
