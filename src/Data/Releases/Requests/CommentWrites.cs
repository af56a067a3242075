using JobServer.Data.Audit;
using JobServer.Data.Writing;
using JobServer.Domain.Audit;
using JobServer.Domain.Releases.Requests;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Data.Releases.Requests;

/// <summary>What project and checkers say to each other about a request, while it is open.</summary>
public sealed class CommentWrites(DatabaseWriter writer, AuditLog audit, TimeProvider timeProvider)
{
    /// <param name="requestId">About which request.</param>
    /// <param name="authorId">Who says it.</param>
    /// <param name="isChecker">Whether they say it as a checker, to the project; otherwise the project says it to its checkers.</param>
    /// <param name="text">What they say.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    /// <returns>False when the request ended already. Nothing was written then.</returns>
    public Task<bool> SayAsync(int requestId, int authorId, bool isChecker, string text, CancellationToken cancellationToken) => writer.RunAsync(
        async (db, token) =>
        {
            var isOpen = await db.ReleaseRequests
                .Where(row => row.Id == requestId && (row.State == ReleaseRequestState.Submitted || row.State == ReleaseRequestState.Returned))
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.Revision, row => row.Revision + 1), token) == 1;
            if (!isOpen)
            {
                return false;
            }

            var now = timeProvider.GetUtcNow();
            var turn = await db.ReleaseRequests.Where(row => row.Id == requestId).Select(row => row.Turn).SingleAsync(token);
            db.Add(new ReleaseComment { ReleaseRequestId = requestId, AuthorId = authorId, Text = text, Turn = turn, CreatedAt = now });
            await db.SaveChangesAsync(token);
            await audit.AppendAsync(db, authorId, AuditAct.ReleaseCommented, ReleaseRequestWrites.Subject(requestId), new { turn, text }, token);
            if (isChecker)
            {
                await ReleaseMessages.CommentToAuthorAsync(db, requestId, text, now, token);
            }
            else
            {
                await ReleaseMessages.CommentToCheckersAsync(db, requestId, text, now, token);
            }

            return true;
        },
        cancellationToken);
}
