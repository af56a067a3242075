using JobServer.Data.Applications;
using JobServer.Domain.Applications;
using JobServer.Domain.Audit;
using JobServer.Domain.Users;
using JobServer.TestCommon;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Data.Tests.Applications;

/// <summary>A submitted application, its applicant, and an admin.</summary>
public abstract class ReviewTest : SiteTest
{
    protected const string Key = "study-information";

    protected User Applicant { get; private set; } = null!;

    protected User Admin { get; private set; } = null!;

    private protected Application Application { get; private set; } = null!;

    private protected ApplicationReviews Reviews => Site.Get<ApplicationReviews>();

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        (Applicant, Admin) = (await Site.CreateUserAsync(), await Site.CreateUserAsync());
        var made = await Site.Database.AddAsync(new Application
        {
            PublicId = "abcdefghjkmn",
            CreatedById = Applicant.Id,
            CreatedAt = Site.Now,
            Status = ApplicationStatus.Submitted,
            SubmittedAt = Site.Now,
            Pages = { new ApplicationPage { Key = Key, Answers = """{"study_name":"Sleep"}""", CreatedAt = Site.Now, SavedAt = Site.Now, SavedById = Applicant.Id } },
        });
        Application = await StoredAsync(made.Id);
    }

    private protected Task<Application> StoredAsync(int? id = null) => Site.Database.ReadAsync(db =>
        db.Applications.AsNoTracking().Include(row => row.Pages).SingleAsync(row => row.Id == (id ?? Application.Id)));

    private protected Task<List<AuditAct>> ActsAsync() => Site.Database.ReadAsync(db =>
        db.AuditEntries.OrderBy(entry => entry.Sequence).Select(entry => entry.Act).ToListAsync());

    private protected Task<int> MailsAsync() => Site.Database.ReadAsync(db => db.OutboxMessages.CountAsync());

    private protected Task<int> PutAsync(ApplicationStatus status) => Site.Database.WriteAsync((db, token) =>
        db.Applications.ExecuteUpdateAsync(set => set.SetProperty(row => row.Status, status), token));

    /// <summary>From now on no line can be added to the audit log.</summary>
    protected Task<int> BreakAuditAsync() => Site.Database.WriteAsync((db, token) => db.AuditHeads.ExecuteDeleteAsync(token));
}
