using JobServer.Data.Jobs;

namespace JobServer.Data.SqlServer.Jobs;

/// <summary>The rows come through <c>OPENJSON</c>, which needs a compatibility level of 130 (SQL Server 2016) or more.</summary>
internal sealed class SqlServerJobStatements : IJobStatements
{
    public string MoveJobs => """
        UPDATE j SET
            j.[State] = w.[State],
            j.[StatusCode] = w.[Code],
            j.[StatusMessage] = w.[Message],
            j.[AppliedSequence] = w.[Sequence],
            j.[AgentId] = CASE WHEN w.[IsQueued] = 1 THEN NULL ELSE j.[AgentId] END,
            j.[SessionEpoch] = CASE WHEN w.[IsQueued] = 1 THEN NULL ELSE j.[SessionEpoch] END,
            j.[LeasedAt] = CASE WHEN w.[IsQueued] = 1 THEN NULL ELSE j.[LeasedAt] END,
            j.[AcceptedAt] = CASE WHEN w.[IsQueued] = 1 THEN NULL ELSE j.[AcceptedAt] END,
            j.[LostAttempts] = w.[Lost],
            j.[NotBefore] = w.[NotBefore],
            j.[StartedAt] = w.[StartedAt],
            j.[CompletedAt] = w.[CompletedAt],
            j.[ExitCode] = w.[ExitCode],
            j.[ManifestDigest] = w.[Manifest],
            j.[UpdatedAt] = w.[UpdatedAt],
            j.[Revision] = j.[Revision] + 1
        OUTPUT inserted.[Id]
        FROM [Jobs] AS j
        INNER JOIN OPENJSON(@rows) WITH (
            [Id] varchar(16), [OldState] nvarchar(40), [OldFence] bigint, [OldSequence] bigint, [OldAgent] varchar(64),
            [OldRevision] int, [Epoch] bigint, [State] nvarchar(40), [Code] nvarchar(40), [Message] nvarchar(2000),
            [Sequence] bigint, [IsQueued] int, [Lost] int, [NotBefore] datetime2, [StartedAt] datetime2,
            [CompletedAt] datetime2, [ExitCode] int, [Manifest] varchar(64), [UpdatedAt] datetime2) AS w ON w.[Id] = j.[Id]
        WHERE j.[State] IN (N'pending', N'running')
            AND j.[State] = w.[OldState]
            AND j.[Fence] = w.[OldFence]
            AND j.[AppliedSequence] = w.[OldSequence]
            AND (j.[AgentId] = w.[OldAgent] OR (j.[AgentId] IS NULL AND w.[OldAgent] IS NULL))
            AND j.[Revision] = w.[OldRevision]
            AND (w.[Epoch] IS NULL OR EXISTS (
                SELECT 1 FROM [Agents] AS a WHERE a.[Id] = w.[OldAgent] AND a.[SessionEpoch] = w.[Epoch]));
        """;

    public string LockAgents => """
        UPDATE a SET a.[SessionEpoch] = a.[SessionEpoch]
        FROM [Agents] AS a
        INNER JOIN OPENJSON(@rows) WITH ([Id] varchar(64)) AS w ON w.[Id] = a.[Id];
        """;

    public string LeaseJobs => """
        UPDATE j SET
            j.[Fence] = j.[Fence] + 1,
            j.[AgentId] = w.[Agent],
            j.[SessionEpoch] = w.[Epoch],
            j.[LeasedAt] = w.[At],
            j.[AcceptedAt] = NULL,
            j.[NotBefore] = NULL,
            j.[AppliedSequence] = 0,
            j.[StatusCode] = w.[Code],
            j.[StatusMessage] = w.[Message],
            j.[UpdatedAt] = w.[At],
            j.[Revision] = j.[Revision] + 1
        OUTPUT inserted.[Id]
        FROM [Jobs] AS j
        INNER JOIN OPENJSON(@rows) WITH (
            [Id] varchar(16), [OldFence] bigint, [Agent] varchar(64), [Epoch] bigint, [At] datetime2, [Code] nvarchar(40),
            [Message] nvarchar(2000)) AS w ON w.[Id] = j.[Id]
        WHERE j.[State] = N'pending'
            AND j.[AgentId] IS NULL
            AND j.[CancelRequestedAt] IS NULL
            AND j.[Fence] = w.[OldFence]
            AND EXISTS (SELECT 1 FROM [Agents] AS a
                WHERE a.[Id] = w.[Agent] AND a.[SessionEpoch] = w.[Epoch] AND a.[Mode] = N'active');
        """;

    public string AcceptJobs => """
        UPDATE j SET
            j.[AcceptedAt] = COALESCE(j.[AcceptedAt], w.[At]),
            j.[SessionEpoch] = w.[Epoch],
            j.[Revision] = j.[Revision] + 1
        OUTPUT inserted.[Id], inserted.[Fence], inserted.[AgentId], inserted.[SessionEpoch]
        FROM [Jobs] AS j
        INNER JOIN OPENJSON(@rows) WITH (
            [Id] varchar(16), [Fence] bigint, [Agent] varchar(64), [Epoch] bigint, [At] datetime2) AS w ON w.[Id] = j.[Id]
        WHERE j.[Fence] = w.[Fence]
            AND j.[AgentId] = w.[Agent]
            AND j.[State] IN (N'pending', N'running')
            AND EXISTS (SELECT 1 FROM [Agents] AS a WHERE a.[Id] = w.[Agent] AND a.[SessionEpoch] = w.[Epoch]);
        """;

    public string GreetAgents => """
        UPDATE a SET
            a.[SessionEpoch] = a.[SessionEpoch] + 1,
            a.[JournalId] = w.[Journal],
            a.[InstanceId] = w.[Instance],
            a.[DisplayName] = w.[Name],
            a.[Build] = w.[Build],
            a.[OperatingSystem] = w.[System],
            a.[StandardSlots] = w.[Standard],
            a.[DatabaseSlots] = w.[Database],
            a.[LastSeenAt] = w.[At],
            a.[AttemptsLeft] = CASE WHEN a.[Mode] IN (N'draining', N'drained') THEN a.[AttemptsLeft] ELSE NULL END,
            a.[Revision] = a.[Revision] + 1
        OUTPUT inserted.[Id]
        FROM [Agents] AS a
        INNER JOIN OPENJSON(@rows) WITH (
            [Id] varchar(64), [OldEpoch] bigint, [Journal] varchar(64), [Instance] varchar(64), [Name] nvarchar(200),
            [Build] nvarchar(100), [System] nvarchar(200), [Standard] int, [Database] int, [At] datetime2) AS w ON w.[Id] = a.[Id]
        WHERE a.[SessionEpoch] = w.[OldEpoch]
            AND a.[Mode] <> N'revoked';
        """;

    public string EndOlderSessions => """
        UPDATE s SET
            s.[EndedAt] = w.[At],
            s.[EndReason] = N'superseded'
        FROM [AgentSessions] AS s
        INNER JOIN OPENJSON(@rows) WITH ([Agent] varchar(64), [Epoch] bigint, [At] datetime2) AS w ON w.[Agent] = s.[AgentId]
        WHERE s.[Epoch] < w.[Epoch]
            AND s.[EndedAt] IS NULL;
        """;

    public string AddSessions => """
        INSERT INTO [AgentSessions] ([AgentId], [Epoch], [InstanceId], [CoordinatorId], [StartedAt], [ExpiresAt])
        SELECT w.[Agent], w.[Epoch], w.[Instance], w.[Coordinator], w.[StartedAt], w.[ExpiresAt]
        FROM OPENJSON(@rows) WITH (
            [Agent] varchar(64), [Epoch] bigint, [Instance] varchar(64), [Coordinator] varchar(64), [StartedAt] datetime2, [ExpiresAt] datetime2) AS w;
        """;

    public string RenewSessions => """
        UPDATE s SET
            s.[ExpiresAt] = w.[ExpiresAt]
        OUTPUT inserted.[AgentId], inserted.[Epoch]
        FROM [AgentSessions] AS s
        INNER JOIN OPENJSON(@rows) WITH (
            [Agent] varchar(64), [Epoch] bigint, [ExpiresAt] datetime2) AS w ON w.[Agent] = s.[AgentId] AND w.[Epoch] = s.[Epoch]
        WHERE s.[EndedAt] IS NULL
            AND EXISTS (SELECT 1 FROM [Agents] AS a WHERE a.[Id] = w.[Agent] AND a.[SessionEpoch] = w.[Epoch]);
        """;

    public string AddEvents => """
        INSERT INTO [JobEvents] ([JobId], [At], [Kind], [State], [StatusCode], [Message], [Fence], [Sequence], [AgentId], [SessionEpoch])
        SELECT w.[JobId], w.[At], w.[Kind], w.[State], w.[Code], w.[Message], w.[Fence], w.[Sequence], w.[Agent], w.[Epoch]
        FROM OPENJSON(@rows) AS line
        CROSS APPLY OPENJSON(line.[value]) WITH (
            [JobId] varchar(16), [At] datetime2, [Kind] nvarchar(40), [State] nvarchar(40), [Code] nvarchar(40),
            [Message] nvarchar(2000), [Fence] bigint, [Sequence] bigint, [Agent] varchar(64), [Epoch] bigint) AS w
        ORDER BY CAST(line.[key] AS int);
        """;

    public string AddToRequests => """
        UPDATE r SET
            r.[PendingJobs] = r.[PendingJobs] + w.[Pending],
            r.[RunningJobs] = r.[RunningJobs] + w.[Running],
            r.[SucceededJobs] = r.[SucceededJobs] + w.[Succeeded],
            r.[FailedJobs] = r.[FailedJobs] + w.[Failed],
            r.[CancelledJobs] = r.[CancelledJobs] + w.[Cancelled],
            r.[Runtime] = r.[Runtime] + w.[Runtime],
            r.[Revision] = r.[Revision] + 1
        OUTPUT inserted.[Id], inserted.[PendingJobs], inserted.[RunningJobs], inserted.[SucceededJobs], inserted.[FailedJobs],
            inserted.[CancelledJobs], inserted.[State], inserted.[FirstStartedAt], inserted.[EndedAt]
        FROM [JobRequests] AS r
        INNER JOIN OPENJSON(@rows) WITH (
            [Id] int, [Pending] int, [Running] int, [Succeeded] int, [Failed] int, [Cancelled] int, [Runtime] bigint) AS w ON w.[Id] = r.[Id];
        """;

    public string SetRequestStates => """
        UPDATE r SET
            r.[State] = w.[State],
            r.[FirstStartedAt] = w.[FirstStartedAt],
            r.[EndedAt] = w.[EndedAt]
        FROM [JobRequests] AS r
        INNER JOIN OPENJSON(@rows) WITH (
            [Id] int, [State] nvarchar(40), [FirstStartedAt] datetime2, [EndedAt] datetime2) AS w ON w.[Id] = r.[Id];
        """;
}
