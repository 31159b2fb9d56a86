from django.apps import AppConfig


class NewsroomConfig(AppConfig):
    name = "fenjin.newsroom"
    label = "newsroom"
