using JobServer.Domain.Releases.Publications;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace JobServer.Data.Releases.Publications;

internal sealed class PublicationFileMapping : IEntityTypeConfiguration<PublicationFile>
{
    public void Configure(EntityTypeBuilder<PublicationFile> builder)
    {
        builder.HasKey(file => new { file.PublicationId, file.ReleaseFileId });
        builder.HasOne(file => file.Publication).WithMany(publication => publication.Files).HasForeignKey(file => file.PublicationId);
        builder.HasOne(file => file.ReleaseFile).WithMany().HasForeignKey(file => file.ReleaseFileId);

        // Whether everybody may see a file is asked at each download.
        builder.HasIndex(file => file.ReleaseFileId);
    }
}
