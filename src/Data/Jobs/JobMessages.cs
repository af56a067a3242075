using JobServer.Data.Notifications;
using JobServer.Domain.Jobs;
using JobServer.Domain.Notifications;
using JobServer.Domain.Users;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Data.Jobs;

/// <summary>The messages that the end of jobs causes, written with it.</summary>
internal static class JobMessages
{
    public static async Task AddAsync(JobServerDb db, IReadOnlyList<string> endedJobs, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (endedJobs.Count == 0)
        {
            return;
        }

        // One parameter however many there are, so that every batch is the same statement.
        var ids = endedJobs.ToArray();
        var notices = await db.Jobs.AsNoTracking()
            .Where(job => EF.Parameter(ids).Contains(job.Id) && job.JobRequest.WillNotify)
            .Select(job => new
            {
                job.JobRequest.CreatedBy.Email,
                job.JobRequest.CreatedBy.NotificationsEmail,
                job.JobRequest.CreatedBy.NotifyOf,
                HasRequestEnded = job.JobRequest.EndedAt != null,
                Notice = new JobEndedNotice
                {
                    JobId = job.Id,
                    Action = job.Action,
                    Workspace = job.JobRequest.Workspace.Slug,
                    RequestNumber = job.JobRequestId,
                    State = job.State,
                    StatusMessage = job.StatusMessage,
                    StartedAt = job.StartedAt,
                    CompletedAt = job.CompletedAt,
                },
            })
            .ToListAsync(cancellationToken);
        var requests = new Dictionary<int, string>();
        foreach (var notice in notices)
        {
            if ((notice.NotificationsEmail ?? notice.Email) is not { Length: > 0 } recipient)
            {
                continue;
            }

            if (notice.NotifyOf == NotificationChoice.EachJob)
            {
                db.OutboxMessages.Add(Outbox.Message(MessageTemplate.JobEnded, recipient, notice.Notice, now));
            }
            else if (notice.HasRequestEnded)
            {
                requests[notice.Notice.RequestNumber] = recipient;
            }
        }

        if (notices.Count == 0)
        {
            return;
        }

        await AddRequestsAsync(db, requests, now, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>An ended request never opens again, so the job that ends it is the only one that comes here.</summary>
    private static async Task AddRequestsAsync(JobServerDb db, Dictionary<int, string> recipients, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (recipients.Count == 0)
        {
            return;
        }

        var ids = recipients.Keys.ToList();
        var notices = await db.JobRequests.AsNoTracking()
            .Where(request => ids.Contains(request.Id))
            .Select(request => new RequestEndedNotice
            {
                RequestNumber = request.Id,
                Identifier = request.Identifier,
                Workspace = request.Workspace.Slug,
                Succeeded = request.SucceededJobs,
                Failed = request.FailedJobs,
                Runtime = request.Runtime,
                Failures = request.Jobs.Where(job => job.State == JobState.Failed).OrderBy(job => job.Position)
                    .Take(RequestEndedNotice.MostFailures).Select(job => new FailedAction(job.Action, job.StatusMessage)).ToList(),
            })
            .ToListAsync(cancellationToken);
        db.OutboxMessages.AddRange(notices.Select(notice =>
            Outbox.Message(MessageTemplate.RequestEnded, recipients[notice.RequestNumber], notice, now)));
    }
}
