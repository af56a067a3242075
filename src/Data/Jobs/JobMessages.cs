using JobServer.Data.Notifications;
using JobServer.Domain.Notifications;
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

        var notices = await db.Jobs.AsNoTracking()
            .Where(job => endedJobs.Contains(job.Id) && job.JobRequest.WillNotify)
            .Select(job => new
            {
                job.JobRequest.CreatedBy.Email,
                job.JobRequest.CreatedBy.NotificationsEmail,
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
        foreach (var notice in notices)
        {
            if ((notice.NotificationsEmail ?? notice.Email) is { Length: > 0 } recipient)
            {
                db.OutboxMessages.Add(Outbox.Message(MessageTemplate.JobEnded, recipient, notice.Notice, now));
            }
        }

        await db.SaveChangesAsync(cancellationToken);
    }
}
