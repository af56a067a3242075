using JobServer.Domain.Releases.Publications;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace JobServer.Data.Releases.Publications;

internal sealed class PublicationMapping : IEntityTypeConfiguration<Publication>
{
    public void Configure(EntityTypeBuilder<Publication> builder)
    {
        builder.Property(publication => publication.Title).HasMaxLength(Publication.TitleMaxLength);
        builder.Property(publication => publication.Reason).HasMaxLength(Publication.ReasonMaxLength);
        builder.Property(publication => publication.DecisionComment).HasMaxLength(Publication.ReasonMaxLength);
        builder.Property(publication => publication.UnpublishedReason).HasMaxLength(Publication.ReasonMaxLength);
        builder.HasOne(publication => publication.CreatedBy).WithMany().HasForeignKey(publication => publication.CreatedById);
        builder.HasOne(publication => publication.DecidedBy).WithMany().HasForeignKey(publication => publication.DecidedById);
        builder.HasOne(publication => publication.UnpublishedBy).WithMany().HasForeignKey(publication => publication.UnpublishedById);
        builder.HasIndex(publication => new { publication.State, publication.CreatedAt });
        builder.HasIndex(publication => new { publication.WorkspaceId, publication.State });
    }
}
