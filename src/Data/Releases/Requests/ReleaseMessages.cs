using JobServer.Data.Notifications;
using JobServer.Domain.Access;
using JobServer.Domain.Notifications;
using JobServer.Domain.Releases.Requests;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Data.Releases.Requests;

/// <summary>Who is told of a request, in the transaction of what happened to it.</summary>
internal static class ReleaseMessages
{
    /// <summary>Every output checker who may decide on it.</summary>
    public static async Task ToCheckersAsync(JobServerDb db, int requestId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var notice = await NoticeAsync(db, requestId, "", cancellationToken);
        var request = await db.ReleaseRequests.AsNoTracking().Where(row => row.Id == requestId)
            .Select(row => new { row.CreatedById, row.Workspace.ProjectId }).SingleAsync(cancellationToken);
        var addresses = await Checkers.Of(db, request.ProjectId).AsNoTracking().Where(user => user.Id != request.CreatedById)
            .Select(user => user.NotificationsEmail ?? user.Email).ToListAsync(cancellationToken);
        db.OutboxMessages.AddRange(addresses.Where(address => !string.IsNullOrEmpty(address))
            .Select(address => Outbox.Message(MessageTemplate.ReleaseRequested, address!, notice, now)));
    }

    public static Task ToAuthorAsync(
        JobServerDb db, int requestId, ReleaseRequestState state, string comment, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var template = state switch
        {
            ReleaseRequestState.Returned => MessageTemplate.ReleaseReturned,
            ReleaseRequestState.Rejected => MessageTemplate.ReleaseRejected,
            _ => MessageTemplate.FilesReleased,
        };
        return ToAuthorAsync(db, requestId, template, comment, now, cancellationToken);
    }

    public static Task CommentToAuthorAsync(JobServerDb db, int requestId, string comment, DateTimeOffset now, CancellationToken cancellationToken) =>
        ToAuthorAsync(db, requestId, MessageTemplate.ReleaseCommented, comment, now, cancellationToken);

    /// <summary>To those who decided on a file of it or said something about it.</summary>
    public static async Task CommentToCheckersAsync(
        JobServerDb db, int requestId, string comment, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var notice = await NoticeAsync(db, requestId, comment, cancellationToken) with { IsForChecker = true };
        var request = await db.ReleaseRequests.AsNoTracking().Where(row => row.Id == requestId)
            .Select(row => new { row.CreatedById, row.Workspace.ProjectId }).SingleAsync(cancellationToken);
        var addresses = await Checkers.Of(db, request.ProjectId).AsNoTracking()
            .Where(user => user.Id != request.CreatedById
                && (db.ReleaseVotes.Any(vote => vote.CheckerId == user.Id && vote.File.ReleaseRequestId == requestId)
                    || db.ReleaseComments.Any(said => said.AuthorId == user.Id && said.ReleaseRequestId == requestId)))
            .Select(user => user.NotificationsEmail ?? user.Email).ToListAsync(cancellationToken);
        db.OutboxMessages.AddRange(addresses.Where(address => !string.IsNullOrEmpty(address))
            .Select(address => Outbox.Message(MessageTemplate.ReleaseCommented, address!, notice, now)));
    }

    private static async Task ToAuthorAsync(
        JobServerDb db, int requestId, MessageTemplate template, string comment, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // The author and whoever of the project spoke on it, as long as they may see it.
        var request = await db.ReleaseRequests.AsNoTracking().Where(row => row.Id == requestId)
            .Select(row => new { row.CreatedById, row.Workspace.ProjectId }).SingleAsync(cancellationToken);
        var addresses = await db.Users.AsNoTracking()
            .Where(user => user.IsActive
                && (user.Id == request.CreatedById || db.ReleaseComments.Any(said => said.AuthorId == user.Id && said.ReleaseRequestId == requestId))
                && (user.Roles.Any(role => role.Role == Role.ProjectDeveloper)
                    || db.ProjectMemberships.Any(member => member.ProjectId == request.ProjectId && member.UserId == user.Id && member.Roles.Any(role => role.Role == Role.ProjectDeveloper))))
            .Select(user => user.NotificationsEmail ?? user.Email).ToListAsync(cancellationToken);
        var notice = await NoticeAsync(db, requestId, comment, cancellationToken);
        db.OutboxMessages.AddRange(addresses.Where(address => !string.IsNullOrEmpty(address)).Select(address => Outbox.Message(template, address!, notice, now)));
    }

    private static async Task<ReleaseRequestNotice> NoticeAsync(JobServerDb db, int requestId, string comment, CancellationToken cancellationToken)
    {
        var request = await db.ReleaseRequests.AsNoTracking().Where(row => row.Id == requestId)
            .Select(row => new
            {
                Workspace = row.Workspace.Slug,
                Project = row.Workspace.Project.Slug,
                Organisation = row.Workspace.Project.Organisation!.Slug,
                Files = row.Files.Count(file => file.RemovedInTurn == null),
            })
            .SingleAsync(cancellationToken);
        return new ReleaseRequestNotice
        {
            Number = requestId,
            Workspace = request.Workspace,
            WorkspacePath = $"/{request.Organisation}/{request.Project}/{request.Workspace}",
            Files = request.Files,
            Comment = comment,
        };
    }
}
