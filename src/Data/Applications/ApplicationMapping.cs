using JobServer.Domain.Applications;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace JobServer.Data.Applications;

internal sealed class ApplicationMapping : IEntityTypeConfiguration<Application>
{
    public void Configure(EntityTypeBuilder<Application> builder)
    {
        builder.Property(application => application.PublicId).HasMaxLength(Application.PublicIdLength).IsUnicode(false);
        builder.Property(application => application.StatusComment).HasMaxLength(Application.StatusCommentMaxLength);
        builder.Property(application => application.OverrideReason).HasMaxLength(Application.OverrideReasonMaxLength);
        builder.ComplexProperty(application => application.Governance, Decision);
        builder.ComplexProperty(application => application.Technical, Decision);
        builder.HasIndex(application => application.PublicId).IsUnique();
        builder.HasIndex(application => new { application.CreatedById, application.Id });
        builder.HasIndex(application => new { application.Status, application.Id });
        builder.HasOne(application => application.CreatedBy).WithMany().HasForeignKey(application => application.CreatedById);
        builder.HasOne(application => application.Project).WithMany().HasForeignKey(application => application.ProjectId);
        builder.HasMany(application => application.Pages).WithOne().HasForeignKey(page => page.ApplicationId);
        builder.HasMany(application => application.Researchers).WithOne().HasForeignKey(researcher => researcher.ApplicationId);
    }

    private static void Decision(ComplexPropertyBuilder<ReviewerDecision> decision) =>
        decision.Property(given => given.Notes).HasMaxLength(ReviewerDecision.NotesMaxLength);
}
